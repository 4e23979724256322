import {type Snapshot} from '../../session/caption.js';
import {type ScreenFormat} from '../../session/controller.js';
import {type Notice} from '../../session/interface-state.js';
import {type TerminalInput} from '../../terminal/keys/terminal-input.js';
import {type Size} from '../../terminal/size.js';
import {type Frame} from '../components/screen-view.js';
import {DeskScreen, type ScreenParts} from '../screen.js';
import {type StageView} from '../stage-parts.js';
import {type Speaker} from '../text-painter.js';
import {figureLines, howTo, judgedLines, overlayLines, saidState, spoken, summaryLines} from './spoken-words.js';

/** A verdict that changes by itself is said so often at most, ms of wall time. */
const quiet = 5000;

const nothing: Frame = {width: 0, rows: [], table: undefined, cover: undefined};

/**
The dashboard for a screen reader: lines of text instead of a screen. It speaks when a key did
something, and when the verdict is another one; figures that change while nobody asks are not said.
*/
export class SpokenScreen implements StageView, Speaker {
	readonly frame = nothing;
	readonly tooSmall = false;
	private readonly drawn: DeskScreen;
	private listener: (() => void) | undefined;
	private lines: string[] = [];
	private isKeyed = false;
	private wantsAll = true;
	private verdict: string | undefined;
	private verdictAt = -Infinity;
	private notice: Notice | undefined;
	private overlay: readonly string[] = [];
	private said: ReadonlyMap<string, string> = new Map();
	private step = '';

	constructor(private readonly parts: ScreenParts) {
		this.drawn = new DeskScreen(parts);
		this.refresh();
	}

	subscribe(listener: () => void): () => void {
		this.listener = listener;
		return () => {
			this.listener = undefined;
		};
	}

	/** Lines have no size; what is saved as a picture has. */
	resize(size: Size): void {
		this.drawn.resize(size);
	}

	take(input: TerminalInput): void {
		const {controller} = this.parts;
		if (input.kind === 'key') {
			this.wantsAll ||= input.name === 'C-l';
			controller.press(input.name);
		} else if (input.kind === 'paste') {
			controller.paste(input.text);
		}

		this.isKeyed = true;
	}

	/** The screen that others would see, as a file. */
	picture(format: ScreenFormat): string {
		return this.drawn.picture(format);
	}

	takeSaid(): readonly string[] {
		const {lines} = this;
		this.lines = [];
		return lines;
	}

	/** Looks at what is now; returns whether there is something to say. */
	refresh(): boolean {
		const {controller, clock} = this.parts;
		const snapshot = controller.look();
		const {caption} = snapshot;
		const id = caption.verdict?.id;
		const isOther = id !== undefined && id !== this.verdict && clock() - this.verdictAt >= quiet;
		const before = this.lines.length;
		if (this.wantsAll) {
			this.lines.push(...summaryLines(snapshot), howTo());
			this.keep(snapshot);
		} else if (this.isKeyed || this.stepName !== this.step) {
			this.sayChanges(snapshot);
		}

		if (this.wantsAll || isOther) {
			this.lines.push(...(this.wantsAll ? [] : [...judgedLines(caption), ...figureLines(snapshot)]));
			this.verdict = id;
			this.verdictAt = id === undefined ? -Infinity : clock();
		}

		this.wantsAll = false;
		this.isKeyed = false;
		if (this.lines.length === before) {
			return false;
		}

		this.listener?.();
		return true;
	}

	/** The step that a lesson is at; it may go on by itself. */
	private get stepName(): string {
		const {lesson} = this.parts.controller.state;
		return lesson === undefined ? '' : `${lesson.id} ${lesson.step}`;
	}

	private sayChanges(snapshot: Snapshot): void {
		const {controller} = this.parts;
		const {notice} = controller.state;
		const overlay = overlayLines(controller);
		const known = new Set(this.overlay);
		const changed = [...saidState(controller, snapshot)]
			.filter(([name, text]) => this.said.get(name) !== text)
			.map(([, text]) => spoken(text));
		const said = [
			...(notice !== undefined && notice !== this.notice ? [spoken(notice.text)] : []),
			...changed,
			...overlay.filter(line => !known.has(line)),
		];
		const isClosed = overlay.length === 0 && this.overlay.length > 0;
		this.lines.push(...(said.length === 0 && isClosed ? ['closed'] : said));
		this.keep(snapshot);
	}

	private keep(snapshot: Snapshot): void {
		const {controller} = this.parts;
		this.notice = controller.state.notice;
		this.said = saidState(controller, snapshot);
		this.overlay = overlayLines(controller);
		this.step = this.stepName;
	}
}
