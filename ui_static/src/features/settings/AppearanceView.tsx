import { Card } from "@/components/Card";
import { Facts } from "@/components/Facts";
import { ThemeChoice } from "@/components/ThemeChoice";

/** How the dashboard looks in this browser. */
export function AppearanceView() {
  return (
    <div className="space-y-3">
      <Card title="Colours">
        <p className="text-ink-2">In this browser only; other devices keep their own.</p>
        <div className="max-w-80">
          <ThemeChoice />
        </div>
      </Card>
      <Card title="Language and times">
        <Facts
          items={[
            { name: "Language", value: "English, the only one so far" },
            { name: "Days and hours", value: "In the time zone of each website" },
          ]}
        />
      </Card>
    </div>
  );
}
