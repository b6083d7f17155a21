import type { ProbeState } from "@/api/types";
import type { Text } from "@/lib/i18n";

export type Finding = NonNullable<ProbeState["finding"]>;

/** What was seen, and what to do about it. `what` stands for the program's own words on it. */
export const FINDINGS: Record<Finding, { title: Text; text: Text }> = {
  found: {
    title: "The code is in your page",
    text: "Nothing in the page keeps it from running.",
  },
  missing: {
    title: "The code is not in your page",
    text: "It was looked for in the HTML, where a tag manager's code does not stand. If your visitors are counted all the same, nothing is wrong.",
  },
  other_key: {
    title: "Another code is in your page",
    text: "Its website or key is not this one's. Copy the code above and put it in the place of the old one.",
  },
  forbidden: {
    title: "Your page's Content-Security-Policy stops the code",
    text: "It has to allow this address there:",
  },
  mixed: {
    title: "Browsers refuse the code",
    text: "Your page is opened by https, the code asks for an address without it. Analytiq needs an address with https:",
  },
  unreachable: {
    title: "Your page could not be opened from here",
    text: "Whether the code is there is not known:",
  },
  elsewhere: {
    title: "Your website leads to another one",
    text: "The code was not looked for there:",
  },
  private: {
    title: "Your page was not looked at",
    text: "Its address is on this machine or in a private network. An owner of this Analytiq can allow that.",
  },
};
