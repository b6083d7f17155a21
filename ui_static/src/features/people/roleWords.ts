import type { Role } from "@/api/types";
import type { Text } from "@/lib/i18n";

/** What a role may do with this Analytiq. */
export const ROLE_WORDS: Record<Role, Text> = {
  owner: "Can manage people and read the audit log, and do all that an editor can.",
  editor: "Can add websites, and change those that are shared.",
  viewer: "Can look at the websites that are shared, and change nothing.",
};

/** What it is called where one is chosen. */
export const ROLE_NAMES: Record<Role, Text> = {
  owner: "Owner",
  editor: "Editor",
  viewer: "Viewer",
};
