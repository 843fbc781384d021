"""Where Crossings starts: the server takes its app from here, each session runs the frame; nothing is computed here."""

from streamlit.starlette import App

from ui import door, frame

app = App(__file__, middleware=door.MIDDLEWARE, lifespan=door.opened)

if __name__ == "__main__":
    frame.run()
