import type { FieldError } from "../state/api-error.ts";

export interface AnnotationRequest {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

/** The body of a check run's create and update. */
export interface CheckRunRequest {
  readonly name?: string;
  readonly head_sha?: string;
  readonly details_url?: string;
  readonly external_id?: string;
  readonly status?: "queued" | "in_progress" | "completed";
  readonly started_at?: string;
  readonly conclusion?: string;
  readonly completed_at?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary: string;
    readonly text?: string;
    readonly annotations?: readonly AnnotationRequest[];
  };
}

const outputBytes = 65_535;
const annotationBytes = 64 * 1024;
const annotationTitleCharacters = 255;
const annotationsInOneRequest = 50;

/**
 * What GitHub refuses in a check run beside its schema, in its words. The schema counts characters where
 * GitHub counts bytes, and says nothing of how status, conclusion and columns hang together.
 *
 * The body is not validated yet: any field may be of any type.
 */
export function checkRunProblems(body: unknown): FieldError[] {
  if (!isObject(body)) return [];
  const request = body as CheckRunRequest;
  return [...stateProblems(request), ...outputProblems(request)];
}

function stateProblems({ status, conclusion, completed_at }: CheckRunRequest): FieldError[] {
  const problems: FieldError[] = [];
  if ((status === "completed" || completed_at !== undefined) && conclusion === undefined) {
    problems.push(problem("conclusion", "conclusion is required when status is completed"));
  }
  if (conclusion !== undefined && status !== undefined && status !== "completed") {
    problems.push(problem("conclusion", `a conclusion does not go with status ${status}`));
  }
  if (conclusion === "stale") {
    problems.push(problem("conclusion", "only GitHub can set the conclusion stale"));
  }
  return problems;
}

function outputProblems({ output }: CheckRunRequest): FieldError[] {
  if (!isObject(output)) return [];
  const { summary, text, annotations = [] } = output;
  if (!Array.isArray(annotations)) return [];
  const problems = [
    ...sizeProblem("summary", summary, outputBytes),
    ...sizeProblem("text", text, outputBytes),
    ...(annotations as readonly AnnotationRequest[]).filter(isObject).flatMap(annotationProblems),
  ];
  if (annotations.length > annotationsInOneRequest) {
    const count = `${annotationsInOneRequest} items are allowed; ${annotations.length} were supplied.`;
    problems.push(problem("annotations", `No more than ${count}`));
  }
  return problems;
}

function annotationProblems(annotation: AnnotationRequest): FieldError[] {
  const { start_line, end_line, start_column, end_column, title = "" } = annotation;
  const problems = [
    ...sizeProblem("message", annotation.message, annotationBytes),
    ...sizeProblem("raw_details", annotation.raw_details, annotationBytes),
  ];
  if (title.length > annotationTitleCharacters) {
    problems.push(problem("title", "title is too long (maximum is 255 characters)"));
  }
  if (start_line < 1 || end_line < start_line) {
    problems.push(
      problem("annotations", "end_line must not be before start_line, nor that before 1"),
    );
  }
  const hasColumns = start_column !== undefined || end_column !== undefined;
  if (hasColumns && start_line !== end_line) {
    problems.push(problem("annotations", "columns need start_line and end_line to be the same"));
  }
  return problems;
}

function sizeProblem(field: string, text: string | undefined, maximum: number): FieldError[] {
  if (typeof text !== "string" || Buffer.byteLength(text) <= maximum) return [];
  return [problem(field, `${field} exceeds a maximum bytesize of ${maximum}`)];
}

function problem(field: string, message: string): FieldError {
  return { resource: "CheckRun", code: "custom", field, message };
}

function isObject<Value>(value: Value): value is Value & object {
  return typeof value === "object" && value !== null;
}
