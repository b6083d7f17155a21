const LONGEST_WAIT_MS = 250;

/**
 * Resolves when the page has shown what just changed on it; at once where nobody has just clicked or
 * typed, or nobody looks. What takes the processor that the browser paints with waits for it.
 */
export function painted(): Promise<void> {
  if (document.hidden || !navigator.userActivation?.isActive) return Promise.resolve();
  return new Promise((resolve) => {
    // A page that goes out of sight paints no more.
    const timer = setTimeout(resolve, LONGEST_WAIT_MS);
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        clearTimeout(timer);
        setTimeout(resolve);
      });
    });
  });
}
