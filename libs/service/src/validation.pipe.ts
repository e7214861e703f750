import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import type { Issue } from '@waybill/decider';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { ApiError } from './error-body';

const roots = { query: 'query', param: 'path', body: 'body', custom: 'body' } as const;
const unchecked = new Set<unknown>([String, Number, Boolean, Array, Object, undefined]);

/** Turns query, path and body into the DTO that the handler asks for; strict: an unknown member is refused. */
@Injectable()
export class RequestPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (metatype === undefined || type === 'custom' || unchecked.has(metatype)) return value;
    const request = plainToInstance(metatype, { ...(value as object) }) as object;
    const faults = validateSync(request, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
    });
    if (faults.length > 0) throw invalidRequest(faults.flatMap((fault) => issuesOf(fault, [roots[type]])));
    return request;
  }
}

/** `validation_error` with its list, one entry per faulty field. */
export function invalidRequest(errors: readonly Issue[]): ApiError {
  const message = errors.length === 1 ? '1 field is not valid' : `${errors.length} fields are not valid`;
  return new ApiError('validation_error', message, errors);
}

function issuesOf(fault: ValidationError, parent: readonly (string | number)[]): Issue[] {
  const loc = [...parent, /^\d+$/.test(fault.property) ? Number(fault.property) : fault.property];
  const inner = (fault.children ?? []).flatMap((child) => issuesOf(child, loc));
  // one entry per field: the constraint that was declared first
  const [broken] = Object.entries(fault.constraints ?? {});
  if (broken === undefined) return inner;
  const [type, msg] = broken[0] === 'whitelistValidation' ? ['whitelist', 'is not a known member'] : broken;
  return [{ loc, field: loc.slice(1).join('.'), msg, type }, ...inner];
}
