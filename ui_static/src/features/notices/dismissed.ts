import type { Notice } from "@/api/types";

const KEY = "analytiq.dismissed";

// By its title too: a warning that has grown ("40 events could not be counted") is a new one.
function nameOf({ slug, title }: Notice): string {
  return `${slug}: ${title}`;
}

/** The warnings that were hidden in this browser's session; none where nothing can be kept. */
export function readDismissed(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.map(String) : [];
  } catch {
    return [];
  }
}

/** The list with this notice in it, kept until the browser's session ends. */
export function dismiss(dismissed: string[], notice: Notice): string[] {
  const next = [...dismissed, nameOf(notice)];
  try {
    sessionStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // It is hidden until the page is loaded again.
  }
  return next;
}

/** Errors cannot be hidden. */
export function isShown(notice: Notice, dismissed: string[]): boolean {
  return notice.severity === "error" || !dismissed.includes(nameOf(notice));
}
