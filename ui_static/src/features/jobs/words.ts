import type { Job } from "@/api/types";
import { type Text, t } from "@/lib/i18n";

const NAMES: Record<string, Text> = {
  checkpoint: "Move what was written into the main file",
  "give-freed-memory-back": "Give freed memory back",
  "write-down-who-was-seen": "Write down which sessions were used",
  "write-down-which-keys-were-used": "Write down which keys were used",
  "destroy-old-salts": "Destroy what cookieless visitors were counted by",
  "forget-old-event-ids": "Forget old event ids",
  "readmit-what-passes-new-rules": "Let in what passes new rules",
  "remove-what-is-left-of-deleted-websites": "Remove what is left of deleted websites",
  "check-the-ledger": "Count all events again",
  "make-the-rows-of-hours-that-ended": "Add up hours that ended",
  "make-the-rows-of-days-that-ended": "Add up days that ended",
  "drop-what-was-kept-long-enough": "Drop what was kept long enough",
  "make-room-on-a-disk-that-is-nearly-full": "Make room on a disk that is nearly full",
  "send-the-reports-of-weeks-and-months": "Send the numbers of weeks and months",
  "make-the-nightly-backup": "Make the nightly backup",
  "look-whether-websites-have-their-snippet": "See whether websites have their code",
  "look-whether-websites-are-as-busy-as-usual": "See whether websites are as busy as usual",
  "compact-the-database": "Compact the database",
  "forget-downloads-that-nobody-fetched": "Forget backups that nobody downloaded",
  "delete-files-of-downloads": "Delete the files of exports",
  "bring-the-mirror-up-to-date": "Bring the mirror up to date",
  "drop-old-entries-of-the-audit-log": "Drop old entries of the audit log",
};

/** A job of another version, which this list does not know, goes by its own name. */
export function jobName({ slug, name }: Job): string {
  const known = NAMES[slug];
  return known ? t(known) : name;
}

export const RESULTS: Record<NonNullable<Job["last"]>["result"], Text> = {
  done: "done",
  waits: "has to wait",
  failed: "failed",
};

export const RESULT_TONES: Record<NonNullable<Job["last"]>["result"], string> = {
  done: "text-live",
  waits: "text-warn",
  failed: "text-bad",
};
