import type { ReactNode } from "react";
import type { HelpPlace } from "@/lib/helpPlaces";
import { t } from "@/lib/i18n";
import { HelpLink } from "./HelpLink";

interface EmptyProps {
  title: string;
  help?: HelpPlace | undefined;
  children: ReactNode;
}

/** In the place of rows that are not there: what that means, what to do next and where to read of it. */
export function Empty({ title, help, children }: EmptyProps) {
  return (
    <div className="flex grow flex-col items-center justify-center px-4 py-8 text-center">
      <p className="font-medium">{title}</p>
      <div className="mt-1 max-w-80 text-balance text-ink-3">{children}</div>
      {help && (
        <p className="mt-3">
          <HelpLink page={help.page} label={t(help.label)} />
        </p>
      )}
    </div>
  );
}
