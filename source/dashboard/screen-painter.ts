import {AlternateScreen, type ScreenOutput} from '../terminal/screen.js';
import {type FrameSource} from './app.js';
import {type FrameOutput, FrameSink} from './frame-sink.js';
import {type Painter} from './painter.js';

/** Frames of a view that go into a sink, from the one on that it has now. */
export type Drawing = {
	/** The view has a new frame. */
	paint(): void;
	unmount(): void;
};

/** Begins to draw a view into a sink; the first frame is in it when this returns. */
export type Draw = (view: FrameSource, sink: FrameSink) => Drawing;

export type ScreenPainterParts = {
	readonly output: FrameOutput & ScreenOutput;
	/** Presses and the wheel are asked for. */
	readonly mouse: boolean;
	/** Who draws; asked for once, when a first frame is out. */
	readonly load: () => Promise<Draw>;
};

/**
Frames on the alternate screen. Who draws them takes longer to load than the first ones take to be
made, so their rows go out as they are until then: they hold all that a frame shows.
*/
export class ScreenPainter implements Painter<FrameSource> {
	private readonly screen: AlternateScreen;
	private sink: FrameSink | undefined;
	private view: FrameSource | undefined;
	private drawing: Drawing | undefined;
	private isAskedFor = false;
	private draw: Draw = drawRows;

	constructor(private readonly parts: ScreenPainterParts) {
		this.screen = new AlternateScreen(parts.output, parts.mouse);
	}

	enter(): void {
		this.screen.enter();
	}

	leave(): boolean {
		return this.screen.leave();
	}

	clear(): void {
		this.screen.clear();
	}

	mount(view: FrameSource): void {
		this.view = view;
		this.sink = new FrameSink(this.parts.output);
		this.drawing = this.draw(view, this.sink);
		if (!this.isAskedFor) {
			this.isAskedFor = true;
			void this.load();
		}
	}

	unmount(): void {
		// Ink writes its last frame once more.
		this.sink?.close();
		this.drawing?.unmount();
		this.sink = undefined;
		this.drawing = undefined;
	}

	paint(): void {
		this.drawing?.paint();
	}

	private async load(): Promise<void> {
		this.draw = await this.parts.load();
		if (this.view !== undefined && this.sink !== undefined) {
			this.drawing?.unmount();
			this.drawing = this.draw(this.view, this.sink);
		}
	}
}

/** Rows as Ink puts them out: without blanks at their ends. */
function drawRows(view: FrameSource, sink: FrameSink): Drawing {
	const drawing: Drawing = {
		paint() {
			sink.write(view.frame.rows.map(row => row.trimEnd()).join('\n'));
		},
		unmount() {
			// Nothing was set up.
		},
	};
	drawing.paint();
	return drawing;
}
