import { Keyboard } from "lucide-react";
import { useState } from "react";
import { Kbd } from "@/components/Kbd";
import { Menu } from "@/components/Menu";
import { type Text, t } from "@/lib/i18n";
import { PRESETS } from "@/lib/range";
import { useShortcuts } from "@/lib/useShortcuts";

const KEYS: readonly { key: string; does: Text }[] = [
  ...PRESETS.flatMap(({ key, label }) => (key ? [{ key, does: label }] : [])),
  { key: ",", does: "Earlier days" },
  { key: ".", does: "Later days" },
  { key: "R", does: "What happens right now" },
  { key: "/", does: "Add a filter" },
  { key: "?", does: "This list" },
];

/** What the keyboard does on this page. */
export function Shortcuts() {
  const [open, setOpen] = useState(false);
  useShortcuts({ "?": () => setOpen(true) });
  return (
    <Menu
      name={t("Keyboard shortcuts")}
      align="end"
      width="w-60"
      open={open}
      onOpenChange={setOpen}
      triggerClassName="flex size-8 items-center justify-center rounded-control text-ink-3 hover:bg-raised hover:text-ink max-sm:hidden pointer-coarse:hidden print:hidden"
      trigger={<Keyboard className="size-4" aria-label={t("Keyboard shortcuts")} />}
    >
      {() => (
        <dl className="space-y-1 p-2">
          {KEYS.map(({ key, does }) => (
            <div key={key} className="flex items-center justify-between gap-3">
              <dt>{t(does)}</dt>
              <dd>
                <Kbd>{key}</Kbd>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Menu>
  );
}
