import { parseXml } from "./data/xml.ts";
import { type Form, MAX_BYTES, readerOfForms } from "./forms.ts";
import { isInFolder } from "./in-folder.ts";
import { readPom } from "./maven/pom.ts";
import { readExtensions, readSettings } from "./maven/settings.ts";
import { readWrapper } from "./maven/wrapper.ts";

/** Tests of plugins bring projects along that are broken on purpose. */
const OF_TESTS = /(?:^|\/)src\/(?:it|test\/resources)\//;

const FORMS: readonly Form[] = [
  {
    named: new RegExp(`${OF_TESTS.source}(?:.*/)?(?:pom\\.xml|[^/]+\\.pom)$`),
    claim: "resembles",
    read: (content) => readPom(parseXml(content, MAX_BYTES)),
  },
  {
    named: /(?:^|\/)(?:pom\.xml|[^/]+\.pom)$/,
    claim: "grants",
    read: (content) => readPom(parseXml(content, MAX_BYTES)),
  },
  {
    named: /(?:^|\/)\.mvn\/extensions\.xml$/,
    claim: "grants",
    read: (content) => readExtensions(parseXml(content, MAX_BYTES)),
  },
  {
    named: /(?:^|\/)settings\.xml$/,
    claim: "resembles",
    read: (content) => readSettings(parseXml(content, MAX_BYTES)),
  },
  {
    named: /(?:^|\/)\.mvn\/wrapper\/maven-wrapper\.properties$/,
    claim: "grants",
    read: readWrapper,
  },
];

/** Reads projects of Maven, its extensions, its settings and its wrapper. */
export const maven = readerOfForms(
  "maven",
  {
    "maven.plugin": ["plugin", "extension", "command"],
    "maven.publication": ["encrypted", "plain"],
  },
  FORMS,
  { isKept: (path) => isInFolder(path, ["archetype-resources"]) },
);
