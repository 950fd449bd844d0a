import type { Capability } from "../capability.ts";
import type { DataEntry, DataMap, DataNode } from "../data/data-node.ts";
import { entriesAt, scalarAt } from "../data/values.ts";
import { agentCapability } from "./agent-capability.ts";

/** Maps of those who answer an agent's requests, as different agents call them. */
const PROVIDERS = ["model_providers", "provider", "providers", "modelProviders"];

/** Settings of an address, at the top of a file or in what is said of a provider. */
const ADDRESS = /^(?:api|endpoint|(?:.*[_-])?(?:base|api|endpoint)[_-]?(?:url|base|endpoint))$/i;
const TOP = /^(?:openai_base_url|chatgpt_base_url|openai-api-base|amp\.url|baseUrl)$/;

/** Where an agent's requests go, which say all that it reads; what answers decides what it does. */
export function addresses(root: DataMap): Capability[] {
  return [
    ...root.entries.filter(({ key }) => TOP.test(key.text)).flatMap((entry) => address("", entry)),
    ...PROVIDERS.flatMap((key) => entriesAt(root, key)).flatMap(({ key, value }) => [
      ...addressesIn(key.text, value),
      ...entriesAt(value, "options").flatMap((entry) => address(key.text, entry)),
    ]),
  ];
}

function addressesIn(provider: string, settings: DataNode): Capability[] {
  return entriesAt(settings).flatMap((entry) => address(provider, entry));
}

function address(provider: string, { key, value }: DataEntry): Capability[] {
  const url = scalarAt(value);
  if (!url || (provider !== "" && !ADDRESS.test(key.text))) return [];
  return [
    agentCapability({
      ...{ kind: "agent.environment", name: key.text, level: "steering", at: key },
      ...{ holder: provider === "" ? "settings" : `provider ${provider}` },
      ...{ content: url.text, context: "where its requests go" },
    }),
  ];
}
