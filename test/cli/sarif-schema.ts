/**
 * What SARIF 2.1.0 asks of the parts that we write, and no part besides.
 * Source: the OASIS standard, §3.13 to §3.35.
 */
const text = { type: "string", minLength: 1 } as const;
const line = { type: "integer", minimum: 1 } as const;

function object(required: readonly string[], properties: object): object {
  return { type: "object", required, properties, additionalProperties: false };
}

function list(items: object): object {
  return { type: "array", items };
}

/** A URI reference (RFC 3986): unreserved characters, `/` and escapes are all that a path needs. */
const uri = { type: "string", pattern: "^(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+$" };

const location = object(["physicalLocation"], {
  physicalLocation: object(["artifactLocation"], {
    artifactLocation: object(["uri"], { uri, uriBaseId: text }),
    region: object(["startLine"], { startLine: line, endLine: line }),
  }),
});

const result = object(["ruleId", "level", "message"], {
  ruleId: text,
  level: { enum: ["none", "note", "warning", "error"] },
  message: object(["text"], { text }),
  locations: list(location),
  partialFingerprints: { type: "object", additionalProperties: text },
  suppressions: list(
    object(["kind"], {
      kind: { enum: ["inSource", "external"] },
      status: { enum: ["accepted", "underReview", "rejected"] },
      justification: text,
    }),
  ),
});

export const SARIF_SCHEMA = object(["$schema", "version", "runs"], {
  $schema: text,
  version: { const: "2.1.0" },
  runs: {
    ...list(
      object(["tool", "results"], {
        tool: object(["driver"], {
          driver: object(["name"], {
            name: text,
            version: text,
            rules: { ...list(object(["id"], { id: text })), uniqueItems: true },
          }),
        }),
        columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
        originalUriBaseIds: { type: "object" },
        results: list(result),
      }),
    ),
    minItems: 1,
  },
});
