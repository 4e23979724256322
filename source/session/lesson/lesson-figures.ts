import {metricAt} from '../../metrics/metric-path.js';
import {type Metrics} from '../../metrics/metrics.js';
import {formatValue} from '../../parameters/value.js';
import {settledCommands} from '../../run/stretches.js';
import {parameter} from '../../simulation/parameters/table.js';
import {shortValue} from '../parameter-list.js';
import {type Session} from '../session.js';
import {fillText} from './fill-text.js';

/** Simulated time after which figures of a run with few commands are taken for settled, ns. */
const longEnough = 300_000_000;

function figureIn(metrics: Metrics | undefined, path: string): number | null {
	const figure = metrics === undefined ? null : metricAt(metrics, path);
	return typeof figure === 'number' ? figure : null;
}

/**
The figures that a lesson's texts are filled with: as they are, and as they were before the last
thing was tried.
*/
export class LessonFigures {
	private metrics: Metrics | undefined;
	private isSettled = false;
	/** The last settled ones, and those of them that something was tried on. */
	private lastSettled: Metrics | undefined;
	private before: Metrics | undefined;
	private readingsOf: unknown;

	/** Takes the figures of now, where there are other readings than the last time. */
	look(readings: unknown, {run, commands}: Session): void {
		if (this.readingsOf === readings) {
			return;
		}

		const {recorder, warm} = run;
		this.readingsOf = readings;
		this.metrics = recorder.metrics();
		this.isSettled = warm && (commands >= settledCommands || recorder.duration >= longEnough);
		if (this.isSettled) {
			this.lastSettled = this.metrics;
		}
	}

	/** Something was tried: the figures so far are those of before. */
	part(): void {
		this.before = this.lastSettled ?? this.metrics;
		this.readingsOf = undefined;
		this.isSettled = false;
	}

	/** A lesson begins: there is no before. */
	forget(): void {
		this.before = undefined;
		this.lastSettled = undefined;
	}

	/** A figure once it is settled, else null. */
	settled(path: string): number | null {
		return this.isSettled ? figureIn(this.metrics, path) : null;
	}

	/** A text with the figures and the settings of a run in it. */
	fill(text: string, session: Session | undefined): string {
		return fillText(text, {
			figure: path => figureIn(this.metrics, path),
			was: path => figureIn(this.before, path),
			settled: this.isSettled,
			setting(key) {
				const value = session?.valueOf(key);
				if (value === undefined) {
					return '';
				}

				const entry = parameter(key);
				return typeof value === 'boolean' ? shortValue(entry, value) : formatValue(entry, value);
			},
		});
	}
}
