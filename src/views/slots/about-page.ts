/** Keys of the page that says what Plumb is, for whoever is asked to allow it (src/about-page.ts). */
export const aboutPageSlots = {
  'about-page.title': [],
  'about-page.what': [],
  'about-page.privacy-title': [],
  'about-page.privacy': [],
  'about-page.kept': [],
  'about-page.model': [],
  'about-page.erase': [],
  'about-page.terms-title': [],
  'about-page.terms': [],
} as const;
