/** A key of the keyboard; out of sight where there is none. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-flex min-w-6 justify-center rounded border border-line px-1.5 font-sans text-12 text-ink-3 pointer-coarse:hidden">
      {children}
    </kbd>
  );
}
