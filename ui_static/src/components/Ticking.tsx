/** A value that a push may change: the new one moves into place. */
export function Ticking({ children }: { children: string }) {
  return (
    <span key={children} className="tick">
      {children}
    </span>
  );
}
