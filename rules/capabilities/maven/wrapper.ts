import { wrapped } from "../build-wrapper.ts";
import type { Given } from "../forms.ts";
import { OWN_HOSTS } from "./repositories.ts";

/**
 * Reads `.mvn/wrapper/maven-wrapper.properties`: which Maven a build downloads and starts.
 *
 * Source: maven.apache.org/wrapper.
 */
export function readWrapper(content: Uint8Array): Given {
  return {
    dependencies: [
      ...wrapped(content, { name: "maven", key: "distribution", ownHosts: OWN_HOSTS }),
      ...wrapped(content, { name: "maven-wrapper", key: "wrapper", ownHosts: OWN_HOSTS }),
    ],
  };
}
