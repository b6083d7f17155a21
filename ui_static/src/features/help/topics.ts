import type { Text } from "@/lib/i18n";
import type { Block } from "./document";

interface Topic {
  /** Its address, /help/<name>, and its file in docs/. */
  name: string;
  label: Text;
  load: () => Promise<{ default: Block[] }>;
}

export const TOPICS: readonly Topic[] = [
  { name: "start", label: "Getting started", load: () => import("virtual:help/start") },
  { name: "snippet", label: "The snippet", load: () => import("virtual:help/snippet") },
  { name: "metrics", label: "What each number means", load: () => import("virtual:help/metrics") },
  { name: "privacy", label: "Privacy", load: () => import("virtual:help/privacy") },
  { name: "backup", label: "Backups", load: () => import("virtual:help/backup") },
  { name: "upgrade", label: "Upgrades", load: () => import("virtual:help/upgrade") },
  {
    name: "your-data",
    label: "Your data in other programs",
    load: () => import("virtual:help/your-data"),
  },
  {
    name: "troubleshooting",
    label: "When something is wrong",
    load: () => import("virtual:help/troubleshooting"),
  },
  { name: "operations", label: "Running it", load: () => import("virtual:help/operations") },
  { name: "security", label: "Security", load: () => import("virtual:help/security") },
  { name: "data-model", label: "The data", load: () => import("virtual:help/data-model") },
];
