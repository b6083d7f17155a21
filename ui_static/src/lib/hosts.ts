const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$|\.localhost$/;

/** Whether a host means "this computer", wherever it is asked for. */
export function isThisComputer(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}
