import {fullSpeed, type Speed} from './speed.js';

/** Wall time over which it is measured, ms. */
const span = 1000;
/** Less than this part of the speed asked for is worth a word. */
const kept = 0.9;

/** The speed at which a run really goes on, where the machine does not keep up. */
export class AchievedSpeed {
	private wall = 0;
	private simulated = 0;
	private measured: Speed | null = null;

	/** A slice has taken so many ms of wall time, and as many ns of simulated time have passed. */
	add(wallTime: number, simulated: number, asked: Speed): void {
		this.wall += wallTime;
		this.simulated += simulated;
		if (this.wall >= span) {
			const speed = this.simulated / (this.wall * 1e6);
			this.measured = asked !== fullSpeed && speed > 0 && speed < asked * kept ? speed : null;
			this.wall = 0;
			this.simulated = 0;
		}
	}

	/** Simulated seconds per wall second; null: the one asked for. */
	get speed(): Speed | null {
		return this.measured;
	}

	/** Another speed is asked for, or time stood still. */
	reset(): void {
		this.wall = 0;
		this.simulated = 0;
		this.measured = null;
	}
}
