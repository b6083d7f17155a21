import type { Role } from "@/api/types";

/** What a role may do with this Analytiq. */
export const ROLE_WORDS: Record<Role, string> = {
  owner: "Can manage people and read the audit log, and do all that an editor can.",
  editor: "Can add websites, and change those that are shared.",
  viewer: "Can look at the websites that are shared, and change nothing.",
};

/** What it is called where one is chosen. */
export const ROLE_NAMES: Record<Role, string> = {
  owner: "Owner",
  editor: "Editor",
  viewer: "Viewer",
};
