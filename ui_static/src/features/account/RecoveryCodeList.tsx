import { Button } from "@/components/Button";
import { ShownOnce } from "@/components/ShownOnce";

interface RecoveryCodeListProps {
  codes: string[];
  onDone: () => void;
}

export function RecoveryCodeList({ codes, onDone }: RecoveryCodeListProps) {
  return (
    <div className="space-y-4">
      <ShownOnce label="Recovery codes" text={codes.join("\n")}>
        <p className="font-medium">Keep these ten recovery codes, away from your phone.</p>
        <p className="mt-1 text-ink-2">
          Each signs you in once when you have lost the app. They are not shown again; codes of
          before work no more.
        </p>
      </ShownOnce>
      <Button onClick={onDone}>I have kept them</Button>
    </div>
  );
}
