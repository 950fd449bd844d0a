/** One entry of a validation failure's `errors`. */
export interface FieldError {
  readonly resource: string;
  readonly code: string;
  readonly field?: string;
  readonly message?: string;
}

/** What the API answers instead of what was asked for. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly errors: readonly (FieldError | string)[] | undefined;

  constructor(
    status: number,
    message: string,
    options: ErrorOptions & { readonly errors?: readonly (FieldError | string)[] } = {},
  ) {
    super(message, options);
    this.status = status;
    this.errors = options.errors;
  }
}

/** GitHub's answer for what is not there, and for what the caller may not know of. */
export function notFound(): ApiError {
  return new ApiError(404, "Not Found");
}

/** A request that is well formed and refused. */
export function invalid(...errors: readonly FieldError[]): ApiError {
  return new ApiError(422, "Validation Failed", { errors });
}

/** A request that GitHub refuses with bare sentences. */
export function unprocessable(...errors: readonly string[]): ApiError {
  return new ApiError(422, "Unprocessable Entity", { errors });
}
