import {setImmediate as nextTurn} from 'node:timers/promises';
import {defaultBudget} from '../run/run.js';
import {type Configuration} from '../simulation/configuration.js';
import {parseSets} from '../simulation/parameters/parse-set.js';
import {UserError} from '../errors/user-error.js';
import {givenPreset} from '../presets/load-preset.js';
import {configurationOf} from '../presets/preset.js';
import {ExportJob} from '../export/export-job.js';
import {exportFormats} from '../export/formats.js';
import {type TraceFormat} from '../export/trace-format.js';
import {type RunPlan} from '../simulation/plan.js';
import {noProgress, type Progress} from '../terminal/progress-line.js';
import {type CommandResult} from './command-result.js';
import {type Interrupt} from './interrupt.js';
import {changesOf} from './run-options.js';

/** What `--for` is when it is not given: some hundred commands. */
export const exportDuration = '20ms';

/** Events between two looks at whether a signal came. */
const slice = 50_000;

export type ExportOptions = {
	/** `--to`. */
	readonly to: string | undefined;
	/** `key=value`, `--seed`, `--for` and `--warmup` among them; the duration must be set. */
	readonly settings: readonly string[];
	/** `--change`. */
	readonly change?: readonly string[];
	/** Events at most, those before the stretch included. */
	readonly budget?: number;
	readonly interrupt: Interrupt;
	readonly progress?: Progress;
};

/**
`vqlab export [preset] --to FORMAT`: a stretch of a run for another program,
after its warm-up; for QEMU its options instead. Throws `UserError` for an unknown format or
a stretch that is too long to hold.
*/
export async function runExportCommand(
	[name = 'seed-2019-kick-under-lock']: readonly string[],
	{to, settings, change = [], budget = defaultBudget, interrupt, progress = noProgress}: ExportOptions,
): Promise<CommandResult> {
	const format = exportFormats.find(({id}) => id === to);
	if (format === undefined) {
		const what = to === undefined ? 'is missing' : `${JSON.stringify(to)} is no format`;
		throw new UserError(
			`export: --to ${what}; give ${exportFormats.map(({id}) => id).join(', ')} (KernelShark's trace.dat ` +
				'can not be written: use ftrace)',
		);
	}

	const configuration = configurationOf(givenPreset(name), parseSets(settings));
	const output =
		format.kind === 'configuration'
			? format.text(configuration)
			: await interrupt.during(async () =>
					exportRun({...planOf(configuration, change), budget}, format, interrupt, progress),
				);
	return {output, exitCode: 0};
}

/** What is run, and the events that it may have. */
type BudgetedPlan = RunPlan & {readonly budget: number};

/**
Makes the run and returns the text of its export. A signal cuts it short, and so does its budget.
*/
async function exportRun(
	plan: BudgetedPlan,
	format: TraceFormat,
	interrupt: Interrupt,
	progress: Progress,
): Promise<string> {
	const job = ExportJob.of(plan, format);
	while (interrupt.signal === undefined && !job.advance(Math.min(slice, plan.budget - job.events))) {
		if (job.events >= plan.budget) {
			break;
		}

		progress.show('export', job.progress);
		await nextTurn(); // eslint-disable-line no-await-in-loop -- signals are heard between two slices
	}

	return job.text();
}

/** The changes in the order of their times; the run applies those before its end. */
function planOf(configuration: Configuration, change: readonly string[]): RunPlan {
	const {parameters} = configuration;
	return {
		configuration,
		seed: parameters.seed,
		warmup: parameters.warmup,
		duration: parameters.duration,
		changes: changesOf(change, configuration),
	};
}
