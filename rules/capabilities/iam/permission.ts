import { type ConfigEntry, type ConfigMap, plainKey } from "../cloud/config-value.ts";
import { readStatement, type Statement } from "./statement.ts";

/** Arguments that limit who calls, as keys of conditions. */
const LIMITS: Readonly<Record<string, string>> = {
  sourcearn: "aws:SourceArn",
  sourceaccount: "aws:SourceAccount",
  principalorgid: "aws:PrincipalOrgID",
  eventsourcetoken: "lambda:EventSourceToken",
};

/** Who may call a function (`aws_lambda_permission`, `AWS::Lambda::Permission`), as a statement of its policy. */
export function permissionStatement(body: ConfigMap): Statement {
  const entries = body.entries.map(asStatementEntry);
  return readStatement({ ...body, entries });
}

function asStatementEntry(entry: ConfigEntry): ConfigEntry {
  const { key, line, value } = entry;
  const name = plainKey(key);
  if (Object.hasOwn(LIMITS, name)) {
    const limit = { ...entry, key: LIMITS[name] ?? key };
    const operator = {
      key: "ArnLike",
      line,
      value: { type: "map", entries: [limit], line },
    } as const;
    return { key: "Condition", line, value: { type: "map", entries: [operator], line } };
  }
  if (name !== "principal" || value.type !== "text") return entry;
  // A service is named by its host.
  const type = /\.amazonaws\.com$/u.test(value.text) ? "Service" : "AWS";
  return { ...entry, value: { type: "map", entries: [{ ...entry, key: type }], line } };
}
