"""Teams over loopback: signed activities go in, a fake Bot Connector stands behind."""
