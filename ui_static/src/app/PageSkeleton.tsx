/** Stands for a page while the program is asked who is here. */
export function PageSkeleton() {
  return (
    <div className="mx-auto max-w-96 space-y-4 px-4 py-16" aria-busy="true">
      <div className="skeleton h-7 w-32" />
      <div className="skeleton h-40" />
    </div>
  );
}
