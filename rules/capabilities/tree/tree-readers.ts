import { confusable } from "./confusable.ts";
import { hiddenText } from "./hidden-text.ts";
import { executable } from "./executable.ts";
import { generated } from "./generated.ts";
import { opaque } from "./opaque.ts";
import { pathName } from "./path-name.ts";
import { secret } from "./secret.ts";
import { securityPolicy } from "./security-policy.ts";
import { skippedTest } from "./skipped-test.ts";
import { submodule } from "./submodule.ts";
import { symlink } from "./symlink.ts";
import { testFile } from "./test-file.ts";
import type { TreeReader } from "./tree-reader.ts";
import { unread } from "./unread.ts";

/** Every reader of what paths are. All of them read every changed path. */
export const treeReaders: readonly TreeReader[] = [
  symlink,
  submodule,
  executable,
  opaque,
  unread,
  generated,
  pathName,
  hiddenText,
  confusable,
  secret,
  testFile,
  skippedTest,
  securityPolicy,
];
