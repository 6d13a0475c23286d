"""What a playbook is: value classes, layers, the border that checks them, and the compiled library."""
