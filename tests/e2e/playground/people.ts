/** The tenant that the Agents Playground plays, in its own format (.m365agentsplayground.yml). Whoever sits at it is Dana. */
const dana = person('dana', 'Dana Whitfield', 20);
const tomas = person('tomas', 'Tomas Herrera', 22);
// It wants at least five.
const others = [
  person('priya', 'Priya Raman', 21),
  tomas,
  person('keiko', 'Keiko Mori', 23),
  person('sam', 'Sam Okafor', 24),
  person('lena', 'Lena Fischer', 25),
];

export const plumbId = '28:plumb';
export const tenantId = '00000000-0000-0000-0000-0000000000001';
/** As they stand in activities. */
export const people = { dana: inActivities(dana), tomas: inActivities(tomas) };

export const playgroundSetup = JSON.stringify({
  version: '0.1.1',
  tenantId,
  bot: { id: plumbId, name: 'Plumb' },
  currentUser: dana,
  users: others,
  personalChat: { id: 'a:dana-and-plumb' },
  groupChat: { id: '19:group@thread.v2', name: 'Quarter planning' },
  team: {
    id: '19:general@thread.tacv2',
    name: 'Sales Leaders',
    aadGroupId: '00000000-0000-0000-0000-000000000031',
    channels: [{ id: '19:sales@thread.tacv2', name: 'sales-leaders' }],
  },
});

function person(handle: string, name: string, number: number) {
  const [givenName = '', surname = ''] = name.split(' ');
  const email = `${handle}@example.com`;
  return { id: `29:${handle}`, name, userPrincipleName: email, aadObjectId: `00000000-0000-0000-0000-0000000000${number}`, givenName, surname, email };
}

function inActivities({ id, name, aadObjectId }: ReturnType<typeof person>) {
  return { id, name, aadObjectId };
}
