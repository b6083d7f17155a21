import type { Text } from "@/lib/i18n";

export type Platform = "wordpress" | "shopify" | "wix" | "squarespace" | "html" | "tagmanager";

interface InstallGuide {
  name: Platform;
  /** The platform calls itself so in every language. */
  label: string;
  /** `<head/>` stands for the end of a page's head, as it is written in its source. */
  text: Text;
}

/** Where the snippet goes, platform by platform. */
export const INSTALL_GUIDES: readonly InstallGuide[] = [
  {
    name: "wordpress",
    label: "WordPress",
    text: "Install a plugin that puts code into every page's header (WPCode is a common one), paste the code into its Header box and save. If you use a page cache, empty it afterwards.",
  },
  {
    name: "shopify",
    label: "Shopify",
    text: "Open Online Store, Themes, then “Edit code” in the theme's menu, and paste the code into theme.liquid just before <head/>. Shopify's checkout does not run theme code, so checkout pages are not counted.",
  },
  {
    name: "wix",
    label: "Wix",
    text: "Open Settings, Custom code, add the code to the Head of all pages. Wix allows this on paid plans with a connected domain.",
  },
  {
    name: "squarespace",
    label: "Squarespace",
    text: "Open Settings, Developer tools, Code injection, and paste the code into Header. Squarespace leaves this out of its cheapest plans.",
  },
  {
    name: "html",
    label: "HTML",
    text: "Paste the code just before <head/> on every page, or once into the template that all pages share.",
  },
  {
    name: "tagmanager",
    label: "Tag Manager",
    text: "Make a Custom HTML tag with the code below and let it fire on All Pages. It differs from the ordinary code because a tag manager drops the attributes that say which website this is. Visitors who block tag managers are not counted.",
  },
];
