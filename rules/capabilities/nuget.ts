import { parseJson } from "./data/json.ts";
import { parseXml } from "./data/xml.ts";
import { type Form, MAX_BYTES, MAX_LOCK_BYTES, readerOfForms } from "./forms.ts";
import { readConfig } from "./nuget/config.ts";
import { readGlobal, readPackagesConfig, readPackagesLock, readTools } from "./nuget/lists.ts";
import { readProject } from "./nuget/project.ts";

const project = (content: Uint8Array) => readProject(parseXml(content, MAX_BYTES));

/** Names are found on file systems that know no case, too. */
const FORMS: readonly Form[] = [
  {
    named: /(?:^|\/)(?:[^/]+\.(?:cs|fs|vb)proj|directory\.[^/]+\.(?:props|targets))$/i,
    claim: "grants",
    read: project,
  },
  {
    // Xcode's `project.pbxproj` is none of MSBuild's.
    named: /(?:^|\/)[^/]+\.(?:props|targets|(?!pbx)[a-z]*proj|[a-z]*proj\.user)$/i,
    claim: "resembles",
    read: project,
  },
  {
    named: /(?:^|\/)nuget\.config$/i,
    claim: "grants",
    read: (content) => readConfig(parseXml(content, MAX_BYTES)),
  },
  {
    named: /(?:^|\/)packages(?:\.[^/]+)?\.config$/i,
    claim: "grants",
    read: (content) => readPackagesConfig(parseXml(content, MAX_BYTES)),
  },
  {
    named: /(?:^|\/)packages(?:\.[^/]+)?\.lock\.json$/i,
    claim: "grants",
    read: (content) => readPackagesLock(parseJson(content, { maxBytes: MAX_LOCK_BYTES })),
  },
  {
    named: /(?:^|\/)dotnet-tools\.json$/i,
    claim: "grants",
    read: (content) => readTools(parseJson(content, { maxBytes: MAX_BYTES, comments: "allowed" })),
  },
  {
    named: /(?:^|\/)global\.json$/i,
    claim: "resembles",
    read: (content) => readGlobal(parseJson(content, { maxBytes: MAX_BYTES, comments: "allowed" })),
  },
];

/** Reads projects of .NET, their packages and locks, and where NuGet takes packages from. */
export const nuget = readerOfForms(
  "nuget",
  {
    "nuget.build-command": [],
    "nuget.insecure-source": [],
    "nuget.credential": [],
    "nuget.guard": [],
    "nuget.signer": [],
  },
  FORMS,
);
