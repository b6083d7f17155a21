import i18next from "i18next";
import type { ReactElement } from "react";
import { Trans } from "react-i18next/TransWithoutContext";
import type { AnyText, Text, Values } from "@/lib/i18n";

type RichProps<T extends AnyText> = {
  text: T;
  /** What stands in the text as `<name/>`, or around a part of it as `<name>part</name>`. */
  parts: Record<string, ReactElement>;
} & (T extends Text ? { values?: undefined } : { values: Values<T> });

/** A text with elements in it. What people typed goes in as a part, so that nothing in it is read as a tag. */
export function Rich<T extends AnyText>({ text, parts, values }: RichProps<T>) {
  return (
    <Trans
      i18n={i18next}
      i18nKey={text as never}
      components={parts}
      {...(values ? { values: values as never } : {})}
    />
  );
}
