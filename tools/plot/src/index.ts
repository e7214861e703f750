export { drawing, type Panel, type Series } from './drawing';
