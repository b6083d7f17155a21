/** A path as its beginning, which may be shortened, and its end, which says which page it is. */
export function splitPath(path: string): { head: string; tail: string } {
  const cut = path.replace(/\/$/, "").lastIndexOf("/");
  if (cut <= 0) return { head: "", tail: path };
  return { head: path.slice(0, cut), tail: path.slice(cut) };
}
