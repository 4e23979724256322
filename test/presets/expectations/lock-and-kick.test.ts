import {checkExpectations} from './check-expectations.js';

checkExpectations('lock and kick');
