"""accessibility.py: the widgets of a program as the accessibility bus shows them.

The bus is spoken to directly: a client library keeps what it has read, and what these tests read changes all the time.
"""

import contextlib
import re

from basics import PATIENCE, Gio, GLib, check, skip_all


def session_bus():
    return Gio.bus_get_sync(Gio.BusType.SESSION, None)


def call(bus, name, path, interface, method, parameters=None, seconds=PATIENCE):
    reply = bus.call_sync(name, path, interface, method, parameters, None, Gio.DBusCallFlags.NONE, seconds * 1000, None)
    return reply.unpack()


def call_all(bus, calls, seconds=PATIENCE):
    """The same for many at once, which takes about as long as for one: a list of (name, path, interface, method,
    parameters). Gives None for what fails: widgets come and go."""
    replies = [None] * len(calls)
    left = len(calls)

    def on_reply(_, result, index):
        nonlocal left
        left -= 1
        with contextlib.suppress(GLib.Error):
            replies[index] = bus.call_finish(result).unpack()

    for index, (name, path, interface, method, parameters) in enumerate(calls):
        bus.call(name, path, interface, method, parameters, None, Gio.DBusCallFlags.NONE, seconds * 1000, None,
                 on_reply, index)
    while left > 0:
        GLib.MainContext.default().iteration(True)
    return replies


accessibility = None


def accessibility_bus():
    global accessibility
    if accessibility is None:
        try:
            address, = call(session_bus(), "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        except GLib.Error as error:
            skip_all(f"there is no accessibility bus: {error.message}")
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        accessibility = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
    return accessibility


# As in the accessibility bus' own lists. What isn't here is of no interest to a test.
ROLES = {2: "alert", 7: "check box", 11: "combo box", 16: "dialog", 20: "filler", 23: "frame", 27: "image", 29: "label",
         35: "menu item", 37: "page tab", 38: "page tab list", 39: "panel", 42: "progress bar", 43: "push button",
         48: "scroll bar", 49: "scroll pane", 50: "separator", 51: "slider", 52: "spin button", 54: "status bar", 61: "text",
         62: "toggle button", 69: "window", 75: "application"}
STATES = {1: "active", 4: "checked", 7: "editable", 8: "enabled", 11: "focusable", 12: "focused", 20: "pressed",
          23: "selected", 24: "sensitive", 25: "showing", 30: "visible"}


class Node:
    """A widget as the accessibility bus shows it. Everything is asked anew."""

    def __init__(self, owner, path):
        self.owner = owner
        self.path = path

    def call(self, interface, method, parameters=None):
        return call(accessibility_bus(), self.owner, self.path, "org.a11y.atspi." + interface, method, parameters)

    def get(self, interface, name):
        value, = call(accessibility_bus(), self.owner, self.path, "org.freedesktop.DBus.Properties", "Get",
                      GLib.Variant("(ss)", ("org.a11y.atspi." + interface, name)))
        return value

    @property
    def name(self):
        return self.get("Accessible", "Name")

    @property
    def description(self):
        return self.get("Accessible", "Description")

    @property
    def role(self):
        number, = self.call("Accessible", "GetRole")
        return ROLES.get(number, str(number))

    @property
    def children(self):
        return [Node(*child) for child in self.call("Accessible", "GetChildren")[0]]

    @property
    def states(self):
        low, high = self.call("Accessible", "GetState")[0]
        return {name for bit, name in STATES.items() if (low | high << 32) >> bit & 1}

    @property
    def extents(self):
        """x, y, width and height in the window. One that isn't shown has neither width nor height."""
        return self.call("Component", "GetExtents", GLib.Variant("(u)", (1,)))[0]

    @property
    def is_shown(self):
        _, _, width, height = self.extents
        return width > 0 and height > 0

    @property
    def text(self):
        count = self.get("Text", "CharacterCount")
        return self.call("Text", "GetText", GLib.Variant("(ii)", (0, count)))[0]

    @text.setter
    def text(self, text):
        check(self.call("EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))[0], "the text can't be set")

    @property
    def value(self):
        return self.get("Value", "CurrentValue")

    @value.setter
    def value(self, value):
        call(accessibility_bus(), self.owner, self.path, "org.freedesktop.DBus.Properties", "Set",
             GLib.Variant("(ssv)", ("org.a11y.atspi.Value", "CurrentValue", GLib.Variant("d", value))))

    def press(self):
        """A button's action."""
        check(self.call("Action", "DoAction", GLib.Variant("(i)", (0,)))[0], "the button can't be pressed")

    @staticmethod
    def ask_all(nodes, interface, method, parameters=None):
        """The first value of each one's reply, or None."""
        replies = call_all(accessibility_bus(), [(node.owner, node.path, "org." + interface, method, parameters)
                                                 for node in nodes])
        return [reply[0] if reply else None for reply in replies]

    def walk(self):
        """The node and all below it, in their order."""
        below = {}
        level = [self]
        while level:
            found = Node.ask_all(level, "a11y.atspi.Accessible", "GetChildren")
            for node, children in zip(level, found):
                below[node] = [Node(*child) for child in children or []]
            level = [child for node in level for child in below[node]]

        def flatten(node):
            yield node
            for child in below[node]:
                yield from flatten(child)
        return list(flatten(self))

    def find_all(self, role=None, name=None, shown=False):
        """name: a regular expression for the whole name."""
        nodes = self.walk()
        if role is not None:
            roles = Node.ask_all(nodes, "a11y.atspi.Accessible", "GetRole")
            nodes = [node for node, number in zip(nodes, roles) if ROLES.get(number) == role]
        if name is not None:
            nodes = [node for node, words in zip(nodes, Node.names(nodes))
                     if words is not None and re.fullmatch(name, words)]
        if shown:
            sizes = Node.ask_all(nodes, "a11y.atspi.Component", "GetExtents", GLib.Variant("(u)", (1,)))
            nodes = [node for node, size in zip(nodes, sizes) if size is not None and size[2] > 0 and size[3] > 0]
        return nodes

    @staticmethod
    def names(nodes):
        return Node.ask_all(nodes, "freedesktop.DBus.Properties", "Get",
                            GLib.Variant("(ss)", ("org.a11y.atspi.Accessible", "Name")))

    def find(self, role=None, name=None, shown=False):
        found = self.find_all(role, name, shown)
        if not found:
            raise AssertionError(f"there is no {role or 'node'} named {name!r}\n{self.tree()}")
        return found[0]

    def tree(self):
        def lines(node, depth):
            yield f"{'  ' * depth}{node.role} | {node.name} | {node.description}"
            for child in node.children:
                yield from lines(child, depth + 1)
        return "\n".join(lines(self, 0))
