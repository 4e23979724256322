import {setImmediate as nextTurn} from 'node:timers/promises';
import {Run} from '../experiment/run.js';
import {type Configuration} from '../parameters/configuration.js';
import {parseSets} from '../parameters/parse-set.js';
import {numberOf} from '../parameters/read.js';
import {UserError} from '../parameters/user-error.js';
import {loadPreset} from '../presets/load-preset.js';
import {configurationOf} from '../presets/preset.js';
import {CommandRows} from '../trace/export/command-rows.js';
import {FtraceWriter} from '../trace/export/ftrace-writer.js';
import {PerfettoWriter} from '../trace/export/perfetto-writer.js';
import {QemuLogWriter} from '../trace/export/qemu-log-writer.js';
import {qemuOptions} from '../trace/export/qemu-options.js';
import {type CommandResult} from './command-result.js';
import {type Interrupt} from './interrupt.js';

/** What an export can be. */
export const exportFormats = ['perfetto', 'ftrace', 'qemu-log', 'csv', 'qemu'] as const;

/** What `--for` is when it is not given: some hundred commands. */
export const exportDuration = '20ms';

/** Events between two looks at whether a signal came. */
const slice = 50_000;

export type ExportOptions = {
	/** `--to`. */
	readonly to: string | undefined;
	/** `key=value`, `--seed`, `--for` and `--warmup` among them; the duration must be set. */
	readonly settings: readonly string[];
	readonly interrupt: Interrupt;
};

/**
`vqlab export [preset] --to perfetto|ftrace|qemu-log|csv|qemu`: a stretch of a run for another program,
after its warm-up; for QEMU its options instead. Throws `UserError` for an unknown format or
a stretch that is too long to hold.
*/
export async function runExportCommand([name = 'seed-2019-kick-under-lock']: readonly string[], {to, settings, interrupt}: ExportOptions): Promise<CommandResult> {
	const format = exportFormats.find(candidate => candidate === to);
	if (format === undefined) {
		const what = to === undefined ? 'is missing' : `${JSON.stringify(to)} is no format`;
		throw new UserError(`export: --to ${what}; give ${exportFormats.join(', ')} (KernelShark's trace.dat can not be written: use ftrace)`);
	}

	const configuration = configurationOf(loadPreset(name), parseSets(settings));
	return {output: format === 'qemu' ? qemuOptions(configuration) : await exportRun(configuration, format, interrupt), exitCode: 0};
}

/** Makes the run and returns the text of its export. A signal cuts it short. */
async function exportRun(configuration: Configuration, format: Exclude<typeof exportFormats[number], 'qemu'>, interrupt: Interrupt): Promise<string> {
	const {parameters} = configuration;
	const warmup = numberOf(parameters, 'warmup');
	const run = new Run({
		configuration, seed: numberOf(parameters, 'seed'), warmup, duration: numberOf(parameters, 'duration'), changes: [],
	});
	const {simulation} = run;
	const advance = async (): Promise<void> => {
		while (interrupt.signal === undefined && !run.advance(slice)) {
			await nextTurn(); // eslint-disable-line no-await-in-loop -- signals are heard between two slices
		}
	};

	switch (format) {
		case 'perfetto': {
			const writer = new PerfettoWriter(simulation, warmup);
			simulation.observe(writer);
			await advance();
			return writer.text(simulation.now);
		}

		case 'ftrace': {
			const writer = new FtraceWriter(simulation, warmup);
			simulation.observe(writer);
			await advance();
			return writer.text();
		}

		case 'qemu-log': {
			if (parameters['host.backend'] !== 'qemu') {
				throw new UserError('export: only host.backend=qemu writes a QEMU log; --to ftrace has the guest\'s side of any backend');
			}

			const writer = new QemuLogWriter(simulation, warmup);
			simulation.observe(writer);
			await advance();
			return writer.text();
		}

		case 'csv': {
			const rows = new CommandRows(simulation, run.recorder, warmup);
			simulation.observe(rows);
			await advance();
			return rows.text();
		}
	}
}
