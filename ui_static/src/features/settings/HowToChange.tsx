import type { ProgramSettings } from "@/api/types";
import { Card } from "@/components/Card";
import { CodeBlock } from "@/components/CodeBlock";
import { Rich } from "@/components/Rich";
import { t } from "@/lib/i18n";

interface HowToChangeProps {
  settings: ProgramSettings;
  /** As they stand in the file of settings. */
  lines: string;
  /** What to do when the program has been started again. */
  after?: string;
}

/** Where settings of the program are written: this page only shows them. */
export function HowToChange({ settings, lines, after }: HowToChangeProps) {
  return (
    <Card title={t("How to change it")}>
      <ol className="list-decimal space-y-3 ps-5 text-ink-2">
        <li>
          <Rich
            text="Write this into the file <file/> on the machine that Analytiq runs on (make the file if there is none). A variable ANALYTIQ_… or an option of the command line goes before it."
            parts={{ file: <code className="wrap-anywhere">{settings.settings_file}</code> }}
          />
          <div className="mt-2">
            <CodeBlock code={lines} label={t("The setting")} />
          </div>
        </li>
        <li>
          {t("Start Analytiq again. Events that arrive meanwhile wait in your visitors' browsers.")}
        </li>
        {after && <li>{after}</li>}
      </ol>
    </Card>
  );
}
