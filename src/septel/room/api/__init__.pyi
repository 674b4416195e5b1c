from .routes import api_routes as api_routes
