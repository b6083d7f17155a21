import type { Snippet } from "@/api/types";
import type { Text } from "@/lib/i18n";

export type VariantName = Exclude<keyof Snippet["variants"], "noscript">;

/** The forms that the code comes in: what the owner chooses between, and what each choice means. */
export const SNIPPET_VARIANTS: readonly { name: VariantName; label: Text; text: Text }[] = [
  {
    name: "plain",
    label: "Recognise visitors",
    text: "A random id in the visitor's browser tells new visitors from returning ones. Browsers that ask for privacy get none.",
  },
  {
    name: "cookieless",
    label: "Store nothing",
    text: "Nothing is kept in the visitor's browser. Visitors count anew every day.",
  },
  {
    name: "consent",
    label: "Ask for consent",
    text: "Nothing is kept until the visitor agrees; a banner asks. Its words can be changed with attributes.",
  },
  {
    name: "pinned",
    label: "Pin this version",
    text: "The browser runs only this very version, and refuses any other. Paste the code again to get later ones.",
  },
];
