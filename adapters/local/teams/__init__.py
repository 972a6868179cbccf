"""The local workspace's Teams side: the same company, a fake Bot Connector, a client that sends."""
