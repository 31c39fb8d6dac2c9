/** Reads a job, and the parts of one that commands take as flags: what the format knows but is not built yet is refused by name. */
import { FORMAT } from '../kan/specification'
import { checkConsistency } from '../kan/validate'
import { UserError } from '../user-error'
import { validate } from '../validation'
import { generatorFault } from './generator'
import {
  type EngineChoice,
  engineSchema,
  jobSchema,
  type Regularization,
  regularizationSchema,
  type WrittenJob,
} from './job'

/**
 * A job from its JSON, defaults filled in but for what depends on the network.
 *
 * @param where the job's file, for the sentence
 * @throws UserError naming the field and what would be right
 */
export function readJob(value: unknown, where: string): WrittenJob {
  const job = fieldsOf(value)
  const training = fieldsOf(job.training)
  if (training.earlyStopping !== undefined && training.earlyStopping !== null) {
    throw new UserError(`${where}: "training.earlyStopping" is not built yet; set it to null.`)
  }
  if (typeof job.model === 'object' && job.model !== null) {
    const { format } = fieldsOf(job.model)
    if (format === undefined) throw new UserError(`${where}: "model.format" is missing; it must be ${FORMAT}.`)
    if (format !== FORMAT) {
      throw new UserError(
        `${where}: "model.format" must be ${FORMAT}, the only format known here, not ${JSON.stringify(format)}.`,
      )
    }
  }
  const read = validate(jobSchema, value, where)
  const fault = 'generator' in read.data ? generatorFault(read.data) : null
  if (fault !== null) {
    throw new UserError(`${where}: "data.${fault.field}": ${fault.problem}.`, {
      exitCode: fault.field === 'inputs' ? 2 : 1,
    })
  }
  if (typeof read.model === 'string') return read
  const model = checkConsistency(read.model, `${where}: "model"`)
  return { ...read, model }
}

/** A regularisation from its JSON, as `check --regularization` takes it. */
export function readRegularization(value: unknown, where: string): Regularization {
  return validate(regularizationSchema, value, where)
}

/** An engine's name, as `--engine` takes it. */
export function readEngine(value: string, where: string): EngineChoice {
  const result = engineSchema.safeParse(value)
  if (!result.success) throw new UserError(`${where} must be ${engineSchema.options.join(', ')}, not ${value}.`)
  return result.data
}

/** The fields of an object, none for anything else: the schema will say what is wrong there. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
