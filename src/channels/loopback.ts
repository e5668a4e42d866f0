const hosts: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a web address leads to this machine, whatever its scheme. */
export function isLoopback({ hostname }: Pick<URL, 'hostname'>): boolean {
  return hosts.includes(hostname);
}
