import { Download } from "lucide-react";
import { type RefObject, useState } from "react";
import { Menu } from "@/components/Menu";
import { t } from "@/lib/i18n";
import { saveFile } from "@/lib/saveFile";
import { pngFile, standAlone, svgFile } from "./chartImage";

interface ChartMenuProps {
  /** What the chart is drawn in. */
  drawing: RefObject<HTMLElement | null>;
  title: string;
  subtitle: string;
  /** Without its ending. */
  fileName: string;
}

const FORMATS = [
  { ending: "png", label: "Picture (PNG)", make: pngFile },
  { ending: "svg", label: "Drawing (SVG)", make: svgFile },
] as const;

/** The chart as a file, for a letter or a presentation. */
export function ChartMenu({ drawing, fileName, ...words }: ChartMenuProps) {
  const [failed, setFailed] = useState(false);
  async function save({ ending, make }: (typeof FORMATS)[number]): Promise<boolean> {
    const alone = drawing.current && standAlone(drawing.current, words);
    if (!alone) return false;
    try {
      saveFile(await make(alone), `${fileName}.${ending}`);
      return true;
    } catch {
      return false;
    }
  }
  return (
    <Menu
      name={t("Save the chart")}
      align="end"
      width="w-56"
      triggerClassName="touch flex size-9 shrink-0 items-center justify-center rounded-control text-ink-2 hover:bg-raised hover:text-ink print:hidden"
      trigger={<Download className="size-4" aria-label={t("Save the chart")} />}
    >
      {(close) => (
        <>
          {FORMATS.map((format) => (
            <button
              key={format.ending}
              type="button"
              onClick={async () => {
                const saved = await save(format);
                setFailed(!saved);
                if (saved) close();
              }}
              className="flex min-h-11 w-full items-center rounded-control px-2 text-start hover:bg-raised sm:min-h-9"
            >
              {t(format.label)}
            </button>
          ))}
          {failed && (
            <p role="alert" className="px-2 py-1 text-12 text-bad">
              {t(
                "There is no chart to save, or this browser cannot paint it. Its numbers are on the page all the same.",
              )}
            </p>
          )}
        </>
      )}
    </Menu>
  );
}
