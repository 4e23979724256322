import {UserError} from '../errors/user-error.js';
import {type TraceFormat} from '../export/trace-format.js';
import {type Controller, type DeskCommand} from './controller.js';
import {type ExportOverlay} from './interface-state.js';
import {laterPart} from './later-part.js';
import {ofRun} from './run-command.js';
import {type Session} from './session.js';
import {type RunParts} from './subject.js';

const writers = laterPart(async () => import('../export/formats.js'));

/** Lengths of the window, ns: 1-2-5 from 1 ms to 1 s. */
const lengths = [1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 1e9];
const firstLength = 2e7;

/** A length as it stands in a file's name: `20ms`. */
export function lengthName(length: number): string {
	return length >= 1e9 ? `${length / 1e9}s` : `${length / 1e6}ms`;
}

/** Two windows of one run have two names. */
function fileName({run, now}: Session, format: TraceFormat, length: number): string {
	const [base] = (run.preset.name.split('/').at(-1) ?? '').split('.json');
	return `${base}-last-${lengthName(length)}-at-${Math.floor(now / 1000)}us.${format.extension}`;
}

function open(controller: Controller): ExportOverlay | undefined {
	const {overlay} = controller.state;
	return overlay?.kind === 'export' && overlay.progress === undefined ? overlay : undefined;
}

/** Another format or length; the name follows unless the user has typed one. */
function change(
	controller: Controller,
	session: Session,
	part: {readonly format?: TraceFormat; readonly length?: number},
): void {
	const overlay = open(controller);
	if (overlay === undefined) {
		return;
	}

	const {format, length} = {...overlay, ...part};
	const isOwn = overlay.text !== fileName(session, overlay.format, overlay.length);
	controller.update({
		overlay: {
			...overlay,
			format,
			length,
			error: undefined,
			text: isOwn ? overlay.text : fileName(session, format, length),
		},
	});
}

function resize(controller: Controller, session: Session, by: number): void {
	const overlay = open(controller);
	if (overlay !== undefined) {
		change(controller, session, {
			length: lengths[Math.max(0, Math.min(lengths.length - 1, lengths.indexOf(overlay.length) + by))],
		});
	}
}

function start(controller: Controller, {session, files}: RunParts): void {
	const overlay = open(controller);
	if (overlay === undefined) {
		return;
	}

	const path = overlay.text.trim();
	if (path === '') {
		throw new UserError('a file needs a name, as in last.json');
	}

	files.refuse(path);
	controller.startExport({path, files, job: session.exportJob(overlay.length, overlay.format)});
}

/** Writing the last stretch of the run to a file for another program. */
export const exportCommands: readonly DeskCommand[] = [
	ofRun({
		id: 'file.export',
		label: 'save the last ms',
		column: 'time',
		run(controller, {session}) {
			const [format] = writers().liveFormats;
			controller.update({
				overlay: {
					kind: 'export',
					text: fileName(session, format, firstLength),
					format,
					length: firstLength,
					error: undefined,
					progress: undefined,
				},
			});
		},
	}),
	...(
		[
			[
				'export.longer',
				'longer',
				(controller, {session}) => {
					resize(controller, session, 1);
				},
			],
			[
				'export.shorter',
				'shorter',
				(controller, {session}) => {
					resize(controller, session, -1);
				},
			],
			[
				'export.format',
				'format',
				(controller, {session}) => {
					const overlay = open(controller);
					const {liveFormats} = writers();
					if (overlay !== undefined) {
						change(controller, session, {
							format: liveFormats[(liveFormats.indexOf(overlay.format) + 1) % liveFormats.length],
						});
					}
				},
			],
			['export.write', 'write the file', start],
			[
				'export.cancel',
				'cancel',
				controller => {
					controller.cancelExport();
					controller.update({overlay: undefined});
				},
			],
		] satisfies ReadonlyArray<readonly [string, string, (controller: Controller, run: RunParts) => void]>
	).map(([id, label, run]) =>
		ofRun({
			id,
			label,
			column: 'none',
			run,
		}),
	),
];
