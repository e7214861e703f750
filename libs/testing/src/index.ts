export * from './kafka-tools';
export * from './orders-client';
export * from './orders-service';
export * from './stack';
export * from './start-orders';
export * from './topic-listener';
