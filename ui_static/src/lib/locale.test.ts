import { afterEach, expect, test } from "vitest";
import { clockTime, dayAndMonth, longDay } from "./dates";
import { valueLabel } from "./dimensions";
import { formatBytes, formatCompact, formatCount, formatLoad, formatPercent } from "./format";
import { speak, t } from "./i18n";
import type { Language } from "./locale";

// Spaces that do not break are written as plain ones here, so that the lines can be read.
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

afterEach(() => speak("en"));

test.each<[Language, string[]]>([
  ["en", ["12 840", "38.4 %", "1.7 s", "12.8k", "3.1 MB"]],
  ["de", ["12.840", "38,4 %", "1,7 s", "12.840", "3,1 MB"]],
  ["fr", ["12 840", "38,4 %", "1,7 s", "12,8 k", "3,1 MB"]],
  ["es", ["12.840", "38,4 %", "1,7 s", "12,8 mil", "3,1 MB"]],
])("numbers are written as in %s", async (language, written) => {
  await speak(language);
  const said = [
    formatCount(12_840),
    formatPercent(38.44),
    formatLoad(1_700),
    formatCompact(12_840),
    formatBytes(3_100_000),
  ];
  expect(said.map(plain)).toEqual(written);
});

test("days, hours and countries are said in the page's language", async () => {
  await speak("de");
  expect(dayAndMonth("2025-03-10")).toBe("10. März");
  expect(longDay("2025-09-10")).toBe("Mi., 10. Sept. 2025");
  expect(clockTime("2025-09-10T14:02:00Z", "UTC")).toBe("14:02");
  expect(valueLabel("country", "DE")).toBe("Deutschland");
  expect(valueLabel("source", "organic")).toBe("Organisch");
});

test.each<[Language, string, string]>([
  ["en", "1 visit", "2 visits"],
  ["de", "1 Besuch", "2 Besuche"],
  ["fr", "1 visite", "2 visites"],
  ["es", "1 visita", "2 visitas"],
])("one is singular in %s", async (language, one, two) => {
  await speak(language);
  expect(t("{{count}} visits", { count: 1 })).toBe(one);
  expect(t("{{count}} visits", { count: 2 })).toBe(two);
});

test("a number in a sentence is written as the language writes it", async () => {
  expect(plain(t("{{count}} visits", { count: 12_840 }))).toBe("12 840 visits");
  await speak("de");
  expect(t("{{count}} visits", { count: 12_840 })).toBe("12.840 Besuche");
  await speak("fr");
  expect(plain(t("{{count}} visits", { count: 1_000_000 }))).toBe("1 000 000 de visites");
});

test("what people typed is no part of a text's own markup", () => {
  expect(t("{{name}} could not be loaded", { name: "$t(Visits) <b>{{x}}</b> & “me”" })).toBe(
    "$t(Visits) <b>{{x}}</b> & “me” could not be loaded",
  );
});
